print("orders ran")
